FROM checks
