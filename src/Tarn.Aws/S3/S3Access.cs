using Tarn.Aws.Protocol;
using Tarn.Primitives.Identity;
using Tarn.Storage.Access;

namespace Tarn.Aws.S3;

/// <summary>
/// What the caller of one request may do; each refusal leaves an audit line. The protocol asks for the operation's
/// action before it runs; an operation asks itself for whatever else it touches: a copy's source, each key of a
/// DeleteObjects.
/// </summary>
internal sealed class S3Access(
    IAuthorization authorization, IAuditTrail audit, LakeIdentity lake, Exchange exchange, AccessKey? caller)
{
    /// <summary>Who signed the request; null: it is anonymous.</summary>
    public AccessKey? Caller { get; } = caller;

    /// <summary>Throws AccessDenied unless the caller may do this. An empty key means the bucket itself.</summary>
    public void Require(string action, string bucket, string key, string? prefix = null)
    {
        if (Refuse(action, bucket, key, prefix) is { } refusal)
        {
            throw refusal;
        }
    }

    /// <summary>AccessDenied, to be thrown or written into an answer, or null when the caller may.</summary>
    public AwsException? Refuse(string action, string bucket, string key, string? prefix = null)
    {
        var request = Request(action, bucket, key, prefix);
        var decision = authorization.Decide(request);
        if (decision.IsAllowed)
        {
            return null;
        }

        audit.Denied(request, decision.Reason, exchange.RequestId);
        return Denied(action, bucket, key);
    }

    /// <summary>Whether the caller may, for answers that leave out what it may not see.</summary>
    public bool Allows(string action, string bucket, string key) =>
        authorization.Decide(Request(action, bucket, key, prefix: null)).IsAllowed;

    private AccessRequest Request(string action, string bucket, string key, string? prefix) =>
        new(Caller, action, bucket, key)
        {
            Prefix = prefix,
            From = exchange.Context.Connection.RemoteIpAddress,
            IsSecure = exchange.Request.IsHttps,
        };

    private AwsException Denied(string action, string bucket, string key)
    {
        var resource = new S3Address(bucket, key).Resource;
        var message = Caller is null
            ? "Access Denied"
            : $"User: arn:aws:iam::{lake.AccountId}:user/{Caller.UserName} is not authorized to perform: {action} "
                + $"on resource: \"arn:aws:s3:::{resource[1..]}\"";
        return new AwsException("AccessDenied", 403, message) { Resource = resource };
    }
}
