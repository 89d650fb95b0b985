// Package store keeps the nouns of models in SQLite or PostgreSQL. It is the
// only package that imports GORM.
//
// Its methods are verbs on rows: they take a context, return models and turn
// the database's errors into models.Error. They never check permissions and
// never decide what a change means; several of them become one write inside
// Tx, together with the event rows that record it.
package store
