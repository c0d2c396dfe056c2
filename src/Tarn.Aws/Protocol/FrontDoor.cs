using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tarn.Aws.Protocol.Json;
using Tarn.Aws.Protocol.Query;
using Tarn.Aws.Protocol.Signing;
using Tarn.Aws.S3;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Protocol;

/// <summary>
/// Takes every request, decides how it is spoken, and turns every failure into that protocol's error.
/// <code>
/// GET /health                 unsigned, 200
/// POST /_tarn/reset           signed (as S3), only where a reset is offered
/// X-Amz-Target                JSON: Kinesis, Athena, Glue (and the services whose operations are all refused)
/// POST / with a form body     query: STS
/// anything else               S3
/// </code>
/// </summary>
internal sealed partial class FrontDoor(
    JsonProtocol json,
    QueryProtocol query,
    S3Protocol rest,
    ResetEndpoint? reset,
    IdSource ids,
    ILogger<FrontDoor> logger)
{
    /// <summary>Smithy RPC v2 says its name here; no service that Tarn has lists it among its protocols.</summary>
    private const string SmithyProtocol = "smithy-protocol";

    public Task HandleAsync(HttpContext context)
    {
        var exchange = new Exchange(context, ids.Next().ToString());
        if (IsHealth(exchange))
        {
            return exchange.SendAsync(200, "text/plain", "ok\n"u8.ToArray()).AsTask();
        }

        var target = context.Request.Headers["x-amz-target"].ToString();
        var protocol = ProtocolOf(exchange, target);
        NameRequest(exchange, protocol);
        return AnswerAsync(exchange, protocol, target);
    }

    private async Task AnswerAsync(Exchange exchange, WireProtocol protocol, string target)
    {
        try
        {
            await DispatchAsync(exchange, protocol, target);
        }
        catch (Exception failure) when (exchange.Aborted.IsCancellationRequested)
        {
            LogAborted(logger, exchange.RequestId, failure.Message);
        }
        catch (Exception failure)
        {
            await FailAsync(exchange, protocol, target, failure);
        }
    }

    /// <summary>Unsigned only: signed, it is the listing of a bucket of that name, or a key.</summary>
    private bool IsHealth(Exchange exchange) =>
        exchange.Signable.Path == "/health"
        && exchange.Signable.Query.Length == 0
        && HttpMethods.IsGet(exchange.Signable.Method)
        && exchange.Request.Headers.Authorization.Count == 0
        && !rest.IsBucketHost(exchange);

    private ValueTask DispatchAsync(Exchange exchange, WireProtocol protocol, string target)
    {
        switch (protocol)
        {
            case WireProtocol.Json:
                var service = JsonProtocol.ServiceOf(target) ?? throw NoService(exchange, target);
                return json.HandleAsync(exchange, service, target);
            case WireProtocol.Query:
                return new ValueTask(query.HandleAsync(exchange));
            default:
                return reset is not null && ResetEndpoint.Is(exchange)
                    ? new ValueTask(reset.HandleAsync(exchange))
                    : new ValueTask(rest.HandleAsync(exchange));
        }
    }

    private async ValueTask FailAsync(Exchange exchange, WireProtocol protocol, string target, Exception failure)
    {
        var error = Translate(exchange, protocol, target, failure);
        if (error.Status >= 500 && error.Status != 501)
        {
            LogFailure(logger, failure, exchange.RequestId, exchange.Signable.Method, exchange.Signable.Path, target);
        }
        else
        {
            LogRefusal(logger, exchange.RequestId, error.Code, error.Message);
        }

        if (exchange.Response.HasStarted)
        {
            // The status is out already; closing the connection is the only way left to say that the body is not whole.
            exchange.Context.Abort();
            return;
        }

        var range = exchange.Response.Headers.ContentRange;
        exchange.Response.Clear();
        NameRequest(exchange, protocol);
        if (error.Status == StatusCodes.Status416RangeNotSatisfiable)
        {
            exchange.Response.Headers.ContentRange = range;
        }

        foreach (var (name, value) in error.Headers)
        {
            exchange.Response.Headers[name] = value;
        }

        await (protocol switch
        {
            WireProtocol.Json => JsonProtocol.SendErrorAsync(exchange, JsonProtocol.ServiceOf(target), error),
            WireProtocol.Query => QueryProtocol.SendErrorAsync(exchange, error),
            _ => rest.SendErrorAsync(exchange, error),
        });
    }

    private static AwsException Translate(Exchange exchange, WireProtocol protocol, string target, Exception failure)
    {
        var service = protocol switch
        {
            WireProtocol.Json => JsonProtocol.ServiceOf(target) ?? AwsService.Kinesis,
            WireProtocol.Query => AwsService.Sts,
            _ => AwsService.S3,
        };
        return failure switch
        {
            AwsException known => known,
            SignatureException signature => SignatureErrors.Of(protocol, signature),
            TarnException engine => ErrorTable.Of(service, engine),
            BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout }
                when protocol == WireProtocol.Rest => new AwsException(
                    "RequestTimeout",
                    400,
                    "Your socket connection to the server was not read from or written to within the timeout period."),
            BadHttpRequestException http => new AwsException(
                protocol == WireProtocol.Json ? "SerializationException" : "IncompleteBody",
                http.StatusCode,
                http.Message),
            _ => new AwsException(
                protocol == WireProtocol.Rest ? "InternalError" : "InternalFailure",
                500,
                $"the request failed inside tarn; its log has the reason under request id {exchange.RequestId}"),
        };
    }

    private static WireProtocol ProtocolOf(Exchange exchange, string target)
    {
        if (target.Length > 0 || exchange.Request.Headers.ContainsKey(SmithyProtocol))
        {
            return WireProtocol.Json;
        }

        var isForm = exchange.Request.ContentType?
            .StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) ?? false;
        return isForm && HttpMethods.IsPost(exchange.Signable.Method) && exchange.Signable.Path == "/"
            ? WireProtocol.Query
            : WireProtocol.Rest;
    }

    private static AwsException NoService(Exchange exchange, string target) => new(
        "UnknownOperationException",
        target.Length > 0 ? 400 : 501,
        target.Length > 0
            ? $"tarn has no operation '{target}'"
            : $"tarn does not speak '{exchange.Request.Headers[SmithyProtocol]}', only JSON and, to Kinesis, CBOR 1.1");

    private static void NameRequest(Exchange exchange, WireProtocol protocol)
    {
        var headers = exchange.Response.Headers;
        if (protocol == WireProtocol.Rest)
        {
            headers["x-amz-request-id"] = exchange.RequestId;
            headers["x-amz-id-2"] = exchange.RequestId;
        }
        else
        {
            headers["x-amzn-RequestId"] = exchange.RequestId;
        }
    }

    [LoggerMessage(1101, LogLevel.Error, "request {RequestId} failed: {Method} {Path} {Target}")]
    private static partial void LogFailure(
        ILogger logger, Exception failure, string requestId, string method, string path, string target);

    [LoggerMessage(1102, LogLevel.Debug, "request {RequestId} refused: {Code} {Message}")]
    private static partial void LogRefusal(ILogger logger, string requestId, string code, string message);

    [LoggerMessage(1103, LogLevel.Debug, "request {RequestId} was given up by its sender: {Message}")]
    private static partial void LogAborted(ILogger logger, string requestId, string message);
}
