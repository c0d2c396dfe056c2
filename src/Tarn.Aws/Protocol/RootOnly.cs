using Tarn.Storage.Access;

namespace Tarn.Aws.Protocol;

/// <summary>
/// Refuses everybody but root, with an audit line. Grants speak of buckets and keys; streams, tables and queries have
/// no such thing yet, and a query could read any bucket.
/// </summary>
internal sealed class RootOnly(IAuditTrail audit)
{
    /// <param name="action">Service and operation, <c>kinesis:PutRecord</c>.</param>
    /// <param name="code">As the request's protocol names a denied request.</param>
    public void Require(Exchange exchange, AccessKey caller, string action, string code, int status)
    {
        if (caller.IsRoot)
        {
            return;
        }

        var request = new AccessRequest(caller, action, "", "")
        {
            From = exchange.Context.Connection.RemoteIpAddress,
            IsSecure = exchange.Request.IsHttps,
        };
        audit.Denied(request, $"{action} is left to root", exchange.RequestId);
        throw new AwsException(
            code,
            status,
            $"user '{caller.UserName}' may not call {action}: only the root key may; grants to users are for S3 "
            + "(and every user may call sts:GetCallerIdentity)");
    }
}
