namespace Tarn.Storage.Access;

/// <summary>The root user may do everything, nobody else anything.</summary>
internal sealed class RootAuthorization : IAuthorization
{
    private static readonly AccessDecision Root = AccessDecision.Allow("root may do everything");
    private static readonly AccessDecision Nobody = AccessDecision.Deny("only root may do anything");

    public AccessDecision Decide(AccessRequest request) => request.Caller is { IsRoot: true } ? Root : Nobody;
}
