namespace Tarn.Storage.Access.Policies;

/// <summary>Whom a statement is about.</summary>
internal enum PrincipalKind
{
    /// <summary><c>*</c>: signed or not.</summary>
    Everybody,

    /// <summary>
    /// The account: as AWS has it, allowing it leaves its users to what is granted to them, denying it denies all.
    /// </summary>
    Account,

    User,
}
