using System.Collections.Immutable;

namespace Tarn.Storage.Access.Policies;

/// <summary>One statement: which wishes it is about, and whether it allows or denies them.</summary>
internal sealed record PolicyStatement(
    bool Denies,
    ImmutableArray<PolicyPrincipal> Principals,
    ImmutableArray<string> Actions,
    ImmutableArray<string> Resources,
    ImmutableArray<PolicyCondition> Conditions)
{
    public bool IsPublic =>
        !Denies
        && Principals.Any(principal => principal.Kind == PrincipalKind.Everybody)
        && !Conditions.Any(condition => condition.NarrowsSource);

    public bool Matches(AccessRequest request) =>
        Principals.Any(principal => principal.Matches(request.Caller, Denies))
        && Actions.Any(action => Wildcard.Matches(action, request.Action, ignoreCase: true))
        && MatchesResource(request)
        && Conditions.All(condition => condition.Holds(request));

    private bool MatchesResource(AccessRequest request)
    {
        var resource = request.Key.Length == 0
            ? PolicyReader.ResourcePrefix + request.Bucket
            : $"{PolicyReader.ResourcePrefix}{request.Bucket}/{request.Key}";
        return Resources.Any(pattern => Wildcard.Matches(pattern, resource, ignoreCase: false));
    }
}
