package api_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"connectrpc.com/connect"
	"google.golang.org/genproto/googleapis/api/annotations"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/dynamicpb"

	pb "flowbench/api/managementpb"
)

// call is one request in the form of a case file.
type call struct {
	rpc     string // name of the method, or package.Service/Method
	method  string
	path    string
	headers map[string]string
	body    []byte // nil = none
	// anyField says that body is the whole message, path values included.
	anyField bool
}

// answer is what came back, whatever the encoding.
type answer struct {
	status int // HTTP status; 0 where the encoding has none
	code   int // gRPC code; 0 = success
	text   string
	body   any // parsed JSON
	header http.Header
}

// transport sends calls in one encoding. It reports false for calls that
// cannot be expressed in it.
type transport func(f *fixture, c call) (answer, bool, error)

var transports = map[string]transport{
	"rest":          rest,
	"grpc":          rpc(connect.WithGRPC(), http2Client()),
	"grpc-web":      rpc(connect.WithGRPCWeb(), &http.Client{Transport: &http.Transport{}}),
	"grpc-web-text": rpc(connect.WithGRPCWeb(), &http.Client{Transport: textTransport{&http.Transport{}}}),
}

func http2Client() *http.Client {
	protocols := new(http.Protocols)
	protocols.SetUnencryptedHTTP2(true)
	return &http.Client{Transport: &http.Transport{Protocols: protocols}}
}

func rest(f *fixture, c call) (answer, bool, error) {
	var body io.Reader
	if c.body != nil {
		body = bytes.NewReader(c.body)
	}
	request, err := http.NewRequest(c.method, f.url+c.path, body)
	if err != nil {
		return answer{}, false, err
	}
	if c.body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	for name, value := range c.headers {
		request.Header.Set(name, value)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return answer{}, false, err
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return answer{}, false, err
	}
	a := answer{status: response.StatusCode, text: string(text), header: response.Header}
	if response.StatusCode != http.StatusNoContent {
		if err := json.Unmarshal(text, &a.body); err != nil {
			return answer{}, false, fmt.Errorf("%s %s: answer is not JSON: %q", c.method, c.path, text)
		}
	}
	if object, ok := a.body.(map[string]any); ok {
		code, _ := object["code"].(float64)
		if response.StatusCode != http.StatusOK {
			a.code = int(code)
		}
	}
	return a, true, nil
}

// rpc sends the same call as a protobuf message: the body by protobuf's JSON
// form, and then the values of the path.
func rpc(protocol connect.ClientOption, client *http.Client) transport {
	return func(f *fixture, c call) (answer, bool, error) {
		method, ok := findMethod(c.rpc)
		if !ok {
			return answer{}, false, nil
		}
		request, ok := toMessage(method, c)
		if !ok {
			return answer{}, false, nil
		}
		procedure := f.url + "/" + string(method.Parent().FullName()) + "/" + string(method.Name())
		caller := connect.NewClient[dynamicpb.Message, dynamicpb.Message](client, procedure, protocol,
			connect.WithSchema(method), connect.WithResponseInitializer(func(_ connect.Spec, message any) error {
				if m, ok := message.(*dynamicpb.Message); ok {
					*m = *dynamicpb.NewMessage(method.Output())
				}
				return nil
			}))
		unary := connect.NewRequest(request)
		for name, value := range c.headers {
			if !strings.EqualFold(name, "Content-Type") {
				unary.Header().Set(name, value)
			}
		}
		response, err := caller.CallUnary(context.Background(), unary)
		if err != nil {
			return fromError(err)
		}
		text, err := protojson.Marshal(response.Msg)
		if err != nil {
			return answer{}, false, err
		}
		a := answer{text: string(text), header: response.Header()}
		return a, true, json.Unmarshal(text, &a.body)
	}
}

// fromError gives an error the JSON form that the REST encoding has.
func fromError(err error) (answer, bool, error) {
	var failure *connect.Error
	if !errors.As(err, &failure) {
		return answer{}, false, err
	}
	body := map[string]any{"code": float64(failure.Code()), "message": failure.Message()}
	var details []any
	for _, d := range failure.Details() {
		value, err := d.Value()
		if err != nil {
			return answer{}, false, err
		}
		detail, ok := value.(*pb.ErrorDetail)
		if !ok {
			return answer{}, false, fmt.Errorf("detail is a %T", value)
		}
		details = append(details, map[string]any{"@type": "type.googleapis.com/" + d.Type(), "id": detail.GetId(), "message": detail.GetMessage()})
	}
	if details != nil {
		body["details"] = details
	}
	text, err := json.Marshal(body)
	return answer{code: int(failure.Code()), text: string(text), body: body, header: failure.Meta()}, true, err
}

func findMethod(name string) (protoreflect.MethodDescriptor, bool) {
	if !strings.Contains(name, "/") {
		name = "zitadel.management.v1.ManagementService/" + name
	}
	descriptor, err := protoregistry.GlobalFiles.FindDescriptorByName(protoreflect.FullName(strings.Replace(name, "/", ".", 1)))
	if err != nil {
		return nil, false
	}
	method, ok := descriptor.(protoreflect.MethodDescriptor)
	return method, ok
}

// toMessage reports false when the body is one that only JSON can express.
func toMessage(method protoreflect.MethodDescriptor, c call) (*dynamicpb.Message, bool) {
	rule, _ := proto.GetExtension(method.Options(), annotations.E_Http).(*annotations.HttpRule)
	message := dynamicpb.NewMessage(method.Input())
	if (rule.GetBody() == "*" || c.anyField) && len(c.body) > 0 {
		if (protojson.UnmarshalOptions{DiscardUnknown: !c.anyField}).Unmarshal(c.body, message) != nil {
			return nil, false
		}
	}
	if c.anyField {
		return message, true
	}
	pattern := rule.GetGet() + rule.GetPost() + rule.GetPut() + rule.GetDelete() + rule.GetPatch()
	names, values := strings.Split(pattern, "/"), strings.Split(c.path, "/")
	values = values[len(values)-len(names):]
	for i, name := range names {
		if field := method.Input().Fields().ByName(protoreflect.Name(strings.Trim(name, "{}"))); strings.HasPrefix(name, "{") {
			switch field.Kind() {
			case protoreflect.Int32Kind:
				var number int32
				if _, err := fmt.Sscan(values[i], &number); err != nil {
					return nil, false
				}
				message.Set(field, protoreflect.ValueOfInt32(number))
			case protoreflect.Int64Kind:
				var number int64
				if _, err := fmt.Sscan(values[i], &number); err != nil {
					return nil, false
				}
				message.Set(field, protoreflect.ValueOfInt64(number))
			default:
				message.Set(field, protoreflect.ValueOfString(values[i]))
			}
		}
	}
	return message, true
}

// textTransport speaks the text form of gRPC-Web for a client that knows the
// binary one only.
type textTransport struct{ next http.RoundTripper }

func (t textTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	text := base64.StdEncoding.EncodeToString(body)
	request := r.Clone(r.Context())
	request.Body, request.ContentLength = io.NopCloser(strings.NewReader(text)), int64(len(text))
	request.Header.Set("Content-Type", "application/grpc-web-text+proto")
	response, err := t.next.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	if got := response.Header.Get("Content-Type"); got != "application/grpc-web-text+proto" {
		return nil, fmt.Errorf("content type of the answer is %q", got)
	}
	response.Header.Set("Content-Type", "application/grpc-web+proto")
	response.Body = struct {
		io.Reader
		io.Closer
	}{base64.NewDecoder(base64.StdEncoding, response.Body), response.Body}
	return response, nil
}
