package services

import (
	"strings"
	"testing"
)

func TestMaskKeepsShapeAndHidesSecrets(t *testing.T) {
	t.Parallel()
	tests := []struct{ title, in, want string }{
		{"order and numbers stay", `{"b":1.50,"a":[true,null,12345678901234567890]}`, `{"b":1.50,"a":[true,null,12345678901234567890]}`},
		{"tokens", `{"accessToken":"abc","id_token":"def","Refresh-Token":"ghi"}`, `{"accessToken":"[masked]","id_token":"[masked]","Refresh-Token":"[masked]"}`},
		{"login form", `{"form":{"password":["hunter2 hunter2"],"user":["ada"]}}`, `{"form":{"password":["[masked]"],"user":["ada"]}}`},
		{"headers", `{"headers":{"Authorization":["Bearer x"],"Cookie":["a=b"],"Accept":["*/*"]}}`, `{"headers":{"Authorization":["[masked]"],"Cookie":["[masked]"],"Accept":["*/*"]}}`},
		{"numbers under a secret name", `{"otp":123456}`, `{"otp":"[masked]"}`},
		{"empty texts tell nothing", `{"idToken":""}`, `{"idToken":""}`},
		{"flags are no secrets", `{"passwordVerified":true,"token_type":"Bearer"}`, `{"passwordVerified":true,"token_type":"Bearer"}`},
		{"metadata", `[{"key":"apiToken","value":"s3cr3t"},{"key":"city","value":"Bern"}]`, `[{"key":"apiToken","value":"[masked]"},{"key":"city","value":"Bern"}]`},
		{"effects", `{"path":"claims.access_token","before":null,"after":"abc"}`, `{"path":"claims.access_token","before":null,"after":"[masked]"}`},
		{"effects on metadata", `{"path":"metadata[\"api_key\"]","after":{"k":"abc"}}`, `{"path":"metadata[\"api_key\"]","after":{"k":"[masked]"}}`},
		{"credentials inside texts", `{"message":"sent Bearer abcdefgh12 to x"}`, `{"message":"sent [masked] to x"}`},
		{"web tokens inside texts", `["eyJhbGciOi.eyJzdWIiOiI.sig-na_ture and more"]`, `["[masked] and more"]`},
		{"not JSON", `{"a":`, ``},
	}
	for _, test := range tests {
		t.Run(test.title, func(t *testing.T) {
			t.Parallel()
			if got, _ := mask([]byte(test.in), nil); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestSecretsOfTheInputAreHiddenInTheResult(t *testing.T) {
	t.Parallel()
	input := `{"idToken":"very \"secret\" text","form":{"password":["hunter2!"]}}`
	result := `{"effects":[{"path":"claims.copy","after":"very \"secret\" text"}],"log":[{"message":"password was hunter2!"}]}`
	_, got := mask([]byte(input), []byte(result))
	if strings.Contains(got, "hunter2") || strings.Contains(got, "secret") {
		t.Errorf("the result still holds a secret: %s", got)
	}
}

// The names that must never be stored with their values.
func TestMaskHidesEveryKnownName(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"encodedHash", "encoded_hash", "secret", "password", "hashedPassword", "totpSecret", "sessionToken",
		"accessToken", "idToken", "refreshToken", "assertion", "code"} {
		in, out := mask([]byte(`{"a":{"`+name+`":"plant-ed"},"form":{"`+name+`":["plant-ed"]},"postcode":"8000"}`), []byte(`{"log":[{"message":"saw plant-ed"}]}`))
		if strings.Contains(in+out, "plant-ed") || !strings.Contains(in, "8000") {
			t.Errorf("%s: %s %s", name, in, out)
		}
	}
	in, _ := mask([]byte(`{"url":"/callback?code=abc&state=s1&access_token=xyz"}`), []byte(`{}`))
	if strings.Contains(in, "abc") || strings.Contains(in, "xyz") || !strings.Contains(in, "state=s1") {
		t.Errorf("address: %s", in)
	}
}
