"""What every page of the recruiter's side shares: who may open it, its frame, forms, lists and refusals."""
