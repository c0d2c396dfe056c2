namespace Tarn.Storage.Access;

/// <summary>
/// Says who may do what. Front doors ask before they act; engines do not know callers. Thread-safe, memory only, never
/// throws for a wish that is merely refused.
/// </summary>
public interface IAuthorization
{
    /// <summary>
    /// The action <c>s3:ListAllMyBuckets</c> without a bucket asks whether buckets may be listed at all, with one
    /// whether the listing shows it.
    /// </summary>
    AccessDecision Decide(AccessRequest request);
}
