"""How good the summaries are: ours beside the lead and six of sumy's methods."""
