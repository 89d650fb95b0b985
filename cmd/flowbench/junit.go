package main

import (
	"encoding/xml"
	"strconv"
	"strings"

	"flowbench/models"
)

// junitSuite is the part of the JUnit format that tools read.
type junitSuite struct {
	XMLName  xml.Name    `xml:"testsuite"`
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	Time    string        `xml:"time,attr"`
	Failure *junitFailure `xml:"failure,omitempty"`
}

type junitFailure struct {
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// junitXML writes the results in the form that continuous integration reads.
func junitXML(t testAnswer) ([]byte, error) {
	suite := junitSuite{Name: "flowbench", Tests: len(t.Cases), Failures: t.Failed}
	for _, c := range t.Cases {
		suite.Cases = append(suite.Cases, junitCaseOf(c))
	}
	body, err := xml.MarshalIndent(suite, "", "  ")
	return append([]byte(xml.Header), append(body, '\n')...), err
}

func junitCaseOf(c models.CaseResult) junitCase {
	one := junitCase{Class: subject(c), Name: c.Name, Time: strconv.FormatFloat(c.Duration.Duration().Seconds(), 'f', 6, 64)}
	if !c.Passed {
		var texts []string
		for _, d := range c.Differences {
			texts = append(texts, d.Text)
		}
		one.Failure = &junitFailure{Message: "not as expected", Text: strings.Join(texts, "\n")}
	}
	return one
}
