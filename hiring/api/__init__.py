"""The REST interface of hiring: jobs, candidates, interviewers, interviews and their rounds."""
