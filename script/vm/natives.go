package vm

import "github.com/dop251/goja"

// native names a function or value that the runtime makes itself. It is a
// number so that the tables do not depend on the code behind it.
type native uint8

const (
	nativeNone native = iota
	nativeClaims
	nativeSetClaim
	nativeAppendLogIntoClaims
	nativeSetMetadata
	nativeFreshMetadata
	nativeSetCustomAttribute
	nativeGrantOrgMetadata
	nativeGetClaim
	nativeClaimsJSON
	nativeUser
	nativeMetadataList
	nativeAppendMetadata
	nativeAppendMetadataRaw
	nativeGrantList
	nativeAppendUserGrant
	nativeSetText
	nativeSetFlag
	nativeSetLanguage
	nativeSetGender
	nativeProviderGetter
	nativeProviderJSON
	nativeLog
	nativeFormat
	nativeFetch
	nativeUUIDNamespace
	nativeUUIDMake
	nativeUUIDHash
	nativeStatus
	nativeBody
	nativeHeaders
	nativeText
	nativeJSON
	nativeCount
)

// callee is a function in the making: whose member it is.
type callee struct {
	*run
	on *hostObject
	m  *Member
}

// functions are the natives that scripts call, values those that are made once
// when the member is first read.
var (
	functions = [nativeCount]func(callee, goja.FunctionCall) goja.Value{
		nativeSetClaim:            callee.setClaim,
		nativeAppendLogIntoClaims: callee.appendLogIntoClaims,
		nativeSetMetadata:         callee.setMetadata,
		nativeFreshMetadata:       callee.freshMetadata,
		nativeSetCustomAttribute:  callee.setCustomAttribute,
		nativeGrantOrgMetadata:    callee.grantOrgMetadata,
		nativeGetClaim:            callee.getClaim,
		nativeClaimsJSON:          callee.claimsJSON,
		nativeAppendMetadata:      callee.appendMetadata,
		nativeAppendMetadataRaw:   callee.appendMetadataRaw,
		nativeAppendUserGrant:     callee.appendUserGrant,
		nativeSetText:             callee.setText,
		nativeSetFlag:             callee.setFlag,
		nativeSetLanguage:         callee.setLanguage,
		nativeSetGender:           callee.setGender,
		nativeProviderGetter:      callee.providerGetter,
		nativeProviderJSON:        callee.providerJSON,
		nativeLog:                 callee.logLine,
		nativeFormat:              callee.formatted,
		nativeFetch:               callee.fetch,
		nativeUUIDMake:            callee.uuidMake,
		nativeUUIDHash:            callee.uuidHash,
		nativeText:                callee.responseText,
		nativeJSON:                callee.responseJSON,
	}
	values = [nativeCount]func(callee, node) goja.Value{
		nativeClaims:        callee.claimsValue,
		nativeUser:          callee.userValue,
		nativeMetadataList:  callee.metadataList,
		nativeGrantList:     callee.grantList,
		nativeUUIDNamespace: callee.uuidNamespace,
		nativeStatus:        callee.responseStatus,
		nativeBody:          callee.responseBody,
		nativeHeaders:       callee.responseHeaders,
	}
)
