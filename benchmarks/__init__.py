"""The speeds Vatra promises, each as a ratio to a floor or a peer measured in the same run."""
