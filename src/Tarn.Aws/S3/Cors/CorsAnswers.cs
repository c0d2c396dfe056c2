using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tarn.Aws.Protocol;
using Tarn.Storage.Objects.Buckets;

namespace Tarn.Aws.S3.Cors;

/// <summary>
/// What browsers ask before, and read after, a request of a page of another origin
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html). A preflight is unsigned and touches
/// nothing; whether the request itself is allowed is not decided here.
/// </summary>
internal sealed class CorsAnswers(IBucketSettings settings)
{
    private const string Vary = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";

    /// <summary>Answers an OPTIONS request, or throws S3's refusal.</summary>
    public void Preflight(Exchange exchange, S3Address address)
    {
        var request = exchange.Request.Headers;
        var origin = request.Origin.ToString();
        var method = request.AccessControlRequestMethod.ToString();
        if (origin.Length == 0)
        {
            throw BadRequest("Insufficient information. Origin request header needed.");
        }

        if (method is not ("GET" or "PUT" or "POST" or "DELETE" or "HEAD"))
        {
            throw BadRequest($"Invalid Access-Control-Request-Method: {(method.Length == 0 ? "null" : method)}");
        }

        var configuration = Find(address)
            ?? throw Forbidden("CORSResponse: CORS is not enabled for this bucket.", method, address);
        var headers = request.AccessControlRequestHeaders.ToString()
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var rule = CorsMatch.Find(configuration, origin, method, headers) ?? throw Forbidden(
            "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request "
            + "method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the "
            + "resource's CORS spec.",
            method,
            address);
        Write(exchange.Response.Headers, rule, origin);
        if (headers.Length > 0)
        {
            exchange.Response.Headers.AccessControlAllowHeaders = string.Join(", ", headers).ToLowerInvariant();
        }

        exchange.Response.StatusCode = StatusCodes.Status200OK;
        exchange.Response.ContentLength = 0;
    }

    /// <summary>Puts the rule's headers on the answer of a request that a page of another origin sends.</summary>
    public void Write(Exchange exchange, S3Address address)
    {
        var origin = exchange.Request.Headers.Origin.ToString();
        if (origin.Length > 0
            && Find(address) is { } configuration
            && CorsMatch.Find(configuration, origin, exchange.Signable.Method, []) is { } rule)
        {
            Write(exchange.Response.Headers, rule, origin);
        }
    }

    private CorsConfiguration? Find(S3Address address) =>
        address.Bucket.Length > 0 && settings.Find(address.Bucket, BucketSetting.Cors) is { } document
            ? CorsConfiguration.Read(document)
            : null;

    private static void Write(IHeaderDictionary answer, CorsRule rule, string origin)
    {
        var isAny = rule.AllowedOrigins.Contains("*");
        answer.AccessControlAllowOrigin = isAny ? "*" : origin;
        answer.AccessControlAllowMethods = string.Join(", ", rule.AllowedMethods);
        if (!isAny)
        {
            answer.AccessControlAllowCredentials = "true";
        }

        if (rule.ExposeHeaders.Count > 0)
        {
            answer.AccessControlExposeHeaders = string.Join(", ", rule.ExposeHeaders);
        }

        if (rule.MaxAgeSeconds is { } seconds)
        {
            answer.AccessControlMaxAge = seconds.ToString(CultureInfo.InvariantCulture);
        }

        answer.Vary = Vary;
    }

    private static AwsException BadRequest(string message) => new("BadRequest", 400, message);

    private static AwsException Forbidden(string message, string method, S3Address address) =>
        new("AccessForbidden", 403, message)
        {
            Elements = [new("Method", method), new("ResourceType", address.ResourceType)],
        };
}
