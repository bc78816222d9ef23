"""Incidents: tickets of this application, each with a case that keeps its deadlines."""
