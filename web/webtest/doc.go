// Package webtest starts the whole server for tests of pages and of the API:
// real router, real store on SQLite, real engine, on a free port.
//
//	func TestMain(m *testing.M) {
//		worker.Enter() // this binary is also the process that runs scripts
//		os.Exit(m.Run())
//	}
//
//	func TestList(t *testing.T) {
//		app := webtest.Start(t)                       // one organization, one administrator
//		page := app.Get(t, link.Org(app.OrgID).Actions())
//		page.Status, page.Doc.Find("h1").Text()       // goquery
//		app.Post(t, address, url.Values{"name": {…}}) // redirects are not followed
//		app.Services.Actions.Create(app.Context(), …) // the same as the administrator
//		app.Token(t)                                  // for the API
//	}
package webtest
