using System.Collections.Immutable;

namespace Tarn.Storage.Access.Policies;

/// <summary>
/// A bucket's policy: statements that allow or deny. Read once, then pure.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
/// </summary>
public sealed class BucketPolicy
{
    private readonly ImmutableArray<PolicyStatement> _statements;

    internal BucketPolicy(ImmutableArray<PolicyStatement> statements) => _statements = statements;

    /// <summary>
    /// Whether it lets everybody in: a statement allows <c>*</c> and no narrow aws:SourceIp holds it back. Such a
    /// policy is refused where the bucket's BlockPublicPolicy is on, and without effect for anonymous callers where
    /// RestrictPublicBuckets is.
    /// </summary>
    public bool IsPublic => _statements.Any(statement => statement.IsPublic);

    /// <summary>
    /// Reads a policy for <paramref name="bucket"/>. What it says and Tarn would not honour is refused by name.
    /// Fails with Invalid, code MalformedPolicy.
    /// </summary>
    /// <param name="accountId">The lake's; principals of other accounts are refused.</param>
    /// <param name="isUser">Whether there is a user of this name; other names are refused, as AWS does. Pass
    /// <c>_ => true</c> for a document that was accepted before.</param>
    public static BucketPolicy Parse(string document, string bucket, string accountId, Predicate<string> isUser) =>
        new PolicyReader(bucket, accountId, isUser).Read(document);

    /// <summary>What the policy says to a request: an explicit deny wins over every allow.</summary>
    public PolicyVerdict Evaluate(AccessRequest request)
    {
        var verdict = PolicyVerdict.Silent;
        foreach (var statement in _statements)
        {
            if ((verdict == PolicyVerdict.Silent || statement.Denies) && statement.Matches(request))
            {
                if (statement.Denies)
                {
                    return PolicyVerdict.Deny;
                }

                verdict = PolicyVerdict.Allow;
            }
        }

        return verdict;
    }
}
