using Tarn.Storage.Access.Policies;

namespace Tarn.Storage.Access;

/// <summary>
/// <code>
/// 1. root                                                                   -> allowed
/// 2. the bucket's policy denies it                                          -> denied
/// 3. anonymous: the policy allows it, RestrictPublicBuckets is off          -> allowed
///    a user that exists: a grant covers it, or the policy allows it         -> allowed
/// 4. otherwise                                                              -> denied
/// </code>
/// </summary>
internal sealed class Authorization(StoredUsers users, BucketPolicies policies) : IAuthorization
{
    private static readonly AccessDecision Root = AccessDecision.Allow("root may do everything");
    private static readonly AccessDecision ByPolicy = AccessDecision.Allow("the bucket's policy allows it");
    private static readonly AccessDecision PolicyDenies = AccessDecision.Deny("the bucket's policy denies it");

    public AccessDecision Decide(AccessRequest request)
    {
        if (request.Caller is { IsRoot: true })
        {
            return Root;
        }

        if (ActionTable.Find(request.Action) is not { } rule)
        {
            return AccessDecision.Deny($"{request.Action} is left to root");
        }

        var verdict = rule.IsForPolicies ? policies.Evaluate(request) : PolicyVerdict.Silent;
        if (verdict == PolicyVerdict.Deny)
        {
            return PolicyDenies;
        }

        return request.Caller is null
            ? ForAnybody(request, verdict)
            : ForUser(request, request.Caller.UserName, rule, verdict);
    }

    private AccessDecision ForAnybody(AccessRequest request, PolicyVerdict verdict)
    {
        if (verdict != PolicyVerdict.Allow)
        {
            return AccessDecision.Deny("the request is not signed and no policy lets everybody do it");
        }

        return policies.IsClosedToPublic(request.Bucket)
            ? AccessDecision.Deny("the policy lets everybody do it and the bucket's RestrictPublicBuckets does not")
            : ByPolicy;
    }

    private AccessDecision ForUser(AccessRequest request, string user, ActionRule rule, PolicyVerdict verdict)
    {
        if (users.Find(user) is null)
        {
            return AccessDecision.Deny($"user {user} does not exist any more");
        }

        if (rule.Scope == ActionScope.Lake && request.Bucket.Length == 0)
        {
            return AccessDecision.Allow("every user may list the buckets that something is granted in");
        }

        foreach (var grant in users.State.GrantsOf(user))
        {
            if (grant.Level >= rule.Level && grant.Bucket == request.Bucket && Covers(grant, request, rule.Scope))
            {
                return AccessDecision.Allow($"{AccessWords.Of(grant.Level)} on {grant.Place} is granted to {user}");
            }
        }

        return verdict == PolicyVerdict.Allow
            ? ByPolicy
            : AccessDecision.Deny($"{user} has no grant of {AccessWords.Of(rule.Level)} that covers it");
    }

    private static bool Covers(Grant grant, AccessRequest request, ActionScope scope) => scope switch
    {
        ActionScope.Lake or ActionScope.Presence => true,
        ActionScope.Listing => request.Prefix is null || grant.CoversListing(request.Prefix),
        ActionScope.Object => grant.Covers(request.Key),
        _ => grant.Prefix.Length == 0,
    };
}
