namespace Tarn.Storage.Access.Policies;

/// <param name="User">The name of a <see cref="PrincipalKind.User"/>, else empty.</param>
internal readonly record struct PolicyPrincipal(PrincipalKind Kind, string User)
{
    public bool Matches(AccessKey? caller, bool denies) => Kind switch
    {
        PrincipalKind.Everybody => true,
        PrincipalKind.Account => denies && caller is not null,
        _ => caller is not null && caller.UserName == User,
    };
}
