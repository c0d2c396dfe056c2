using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Signing;
using Tarn.Aws.S3.Cors;
using Tarn.Aws.S3.Forms;
using Tarn.Aws.S3.Versions;
using Tarn.Primitives.Identity;
using Tarn.Storage.Access;

namespace Tarn.Aws.S3;

/// <summary>
/// S3's REST protocol (https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html):
/// <code>
/// address -> preflight answered, form taken -> signature -> operation -> unknown parameters and headers refused
///     -> may the caller do this? -> operation reads its body
/// </code>
/// </summary>
internal sealed class S3Protocol(
    SignatureVerifier verifier,
    IAuthorization authorization,
    IAuditTrail audit,
    S3Hosts hosts,
    CorsAnswers cors,
    PostObject form,
    LakeIdentity lake,
    IReadOnlyList<IS3Operation> operations)
{
    private const string ApiVersion = "2006-03-01";

    private readonly FrozenDictionary<string, IS3Operation> _operations =
        operations.ToFrozenDictionary(operation => operation.Name, StringComparer.Ordinal);

    /// <summary>Whether the host of a request names a bucket: then its path holds nothing but a key.</summary>
    public bool IsBucketHost(Exchange exchange) => BucketOfHost(exchange).Length > 0;

    public async Task HandleAsync(Exchange exchange)
    {
        if (!S3Address.TryParse(BucketOfHost(exchange), exchange.Signable.Path, out var address))
        {
            throw new AwsException("InvalidURI", 400, "Couldn't parse the specified URI.");
        }

        if (HttpMethods.IsOptions(exchange.Signable.Method))
        {
            cors.Preflight(exchange, address);
            return;
        }

        cors.Write(exchange, address);
        if (PostObject.Is(exchange, address))
        {
            await form.RunAsync(exchange, address, exchange.Aborted);
            return;
        }

        var identity = S3Identity.Verify(verifier, exchange.Signable);
        S3Address.CheckKey(address.Key);
        var parameters = Protocol.QueryString.Parse(exchange.Signable.Query, "InvalidArgument");
        if (identity.IsPresigned)
        {
            PresignedHeaders.Move(parameters, exchange.Request.Headers);
        }

        foreach (var (name, value) in parameters)
        {
            if (name.StartsWith("response-", StringComparison.Ordinal))
            {
                HeaderText.Check(name, value);
            }
        }

        var operation = Find(exchange, address, parameters);
        var access = new S3Access(authorization, audit, lake, exchange, identity.Signature?.Key);
        var call = new S3Call(exchange, identity, access, address, parameters);
        Authorize(call, operation);
        await operation.RunAsync(call, exchange.Aborted);
    }

    public async Task SendErrorAsync(Exchange exchange, AwsException failure)
    {
        if (failure.Status == 304)
        {
            exchange.Response.StatusCode = failure.Status;
            return;
        }

        if (exchange.Request.Headers.Expect.Count > 0 && HttpProtocol.IsHttp11(exchange.Request.Protocol))
        {
            // The sender may not have been asked for its body: whether it comes now is its choice, so none is awaited.
            exchange.Response.Headers.Connection = "close";
        }

        _ = S3Address.TryParse(BucketOfHost(exchange), exchange.Signable.Path, out var address);
        if (!HttpMethods.IsOptions(exchange.Signable.Method))
        {
            cors.Write(exchange, address);
        }

        using var answer = S3ErrorAnswer.Write(exchange, address, failure);
        await exchange.SendAsync(failure.Status, "application/xml", answer.Finish());
    }

    private string BucketOfHost(Exchange exchange) => hosts.BucketOf(exchange.Request.Host.Host);

    private static void Authorize(S3Call call, IS3Operation operation)
    {
        if (operation.Action is { } action)
        {
            // A HEAD of a bucket is the same action, and asks only whether it is there.
            var isListing = action.StartsWith("s3:ListBucket", StringComparison.Ordinal)
                && call.Exchange.Signable.Method == "GET";
            var prefix = isListing ? call.Parameter("prefix") ?? "" : null;
            var asked = VersionActions.Of(action, call.Parameter(VersionIds.Parameter));
            call.Access.Require(asked, call.Address.Bucket, call.Address.Key, prefix);
        }
    }

    private IS3Operation Find(Exchange exchange, S3Address address, Dictionary<string, string> parameters)
    {
        var headers = exchange.Request.Headers;
        var routes = S3Routes.Match(exchange.Signable.Method, address.Level, parameters, headers.ContainsKey);
        if (routes.Count == 0)
        {
            throw new AwsException(
                "MethodNotAllowed", 405, "The specified method is not allowed against this resource.");
        }

        var route = routes.FirstOrDefault(candidate => _operations.ContainsKey(candidate.Name))
            ?? throw new AwsException("NotImplemented", 501, Refusal(routes[0].Name));
        var operation = _operations[route.Name];
        foreach (var parameter in parameters.Keys)
        {
            if (!route.IsNamedBy(parameter)
                && !operation.Parameters.Contains(parameter)
                && !NoEffect.RestParameters.ContainsKey(parameter))
            {
                throw new AwsException(
                    "NotImplemented", 501, $"tarn does not support parameter '{parameter}' of s3 {route.Name}")
                {
                    Elements = [new("Parameter", parameter)],
                };
            }
        }

        CheckHeaders(exchange, operation);
        return operation;
    }

    private void CheckHeaders(Exchange exchange, IS3Operation operation)
    {
        foreach (var (name, value) in exchange.Request.Headers)
        {
            var lower = name.ToLowerInvariant();
            if (!lower.StartsWith("x-amz-", StringComparison.Ordinal)
                || lower is "x-amz-date" or PayloadHash.Header
                || NoEffect.RestHeaders.ContainsKey(lower)
                || operation.Headers.Any(known => IsHeader(known, lower)))
            {
                continue;
            }

            if (lower == "x-amz-expected-bucket-owner")
            {
                if (value != lake.AccountId)
                {
                    throw new AwsException("AccessDenied", 403, $"the bucket's owner is {lake.AccountId}, not {value}");
                }

                continue;
            }

            if (lower == "x-amz-api-version" && value == ApiVersion)
            {
                continue;
            }

            throw new AwsException(
                "NotImplemented", 501, $"tarn does not support header '{lower}' of s3 {operation.Name}")
            {
                Elements = [new("Header", lower)],
            };
        }
    }

    private static bool IsHeader(string known, string name) =>
        known[^1] == '-' ? name.StartsWith(known, StringComparison.Ordinal) : known == name;

    private static string Refusal(string operation) =>
        $"tarn does not implement s3 {operation}" + Refusals.Explain(AwsService.S3, operation);
}
