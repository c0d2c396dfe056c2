using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Tarn.Aws.Athena;
using Tarn.Aws.Protocol.Cbor;
using Tarn.Aws.Protocol.EventStreams;
using Tarn.Aws.Protocol.Signing;
using Tarn.Storage.Access;

namespace Tarn.Aws.Protocol.Json;

/// <summary>
/// AWS JSON 1.1 (https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html) and, for Kinesis, the same in CBOR:
/// X-Amz-Target names the operation.
/// <code>
/// target -> operation -> signature's form and key -> body -> signature -> the caller is root -> gzip undone
///     -> operation -> answer
/// </code>
/// </summary>
internal sealed class JsonProtocol(
    SignatureVerifier verifier,
    RootOnly rootOnly,
    IReadOnlyList<ITargetOperation> operations,
    EventStreamAnswers events)
{
    private const string TooLargeCode = "RequestEntityTooLargeException";

    private readonly FrozenDictionary<string, ITargetOperation> _operations =
        operations.ToFrozenDictionary(
            operation => $"{operation.Service.TargetPrefix}.{operation.Name}", StringComparer.Ordinal);

    /// <summary>The service that a target belongs to, or null.</summary>
    public static AwsService? ServiceOf(string target)
    {
        for (var i = 0; i < AwsService.All.Count; i++)
        {
            var service = AwsService.All[i];
            if (service.Protocol == WireProtocol.Json
                && target.StartsWith(service.TargetPrefix, StringComparison.Ordinal)
                && target.Length > service.TargetPrefix.Length
                && target[service.TargetPrefix.Length] == '.')
            {
                return service;
            }
        }

        return null;
    }

    /// <remarks>
    /// One method on purpose: each that waits keeps its state on the heap, once per request under way.
    /// </remarks>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask HandleAsync(Exchange exchange, AwsService service, string target)
    {
        var signature = verifier.Open(exchange.Signable, service.Name);
        var known = _operations.TryGetValue(target, out var operation);
        OpenEventStream? stream = null;
        using (var sent = await exchange.ReadBodyAsync(operation?.BodyBytesMax ?? 1 << 20, TooLargeCode))
        {
            signature.VerifyBody(sent.Written.Span);
            if (!signature.Key.IsRoot)
            {
                var action = service.Name + ":" + target[(service.TargetPrefix.Length + 1)..];
                rootOnly.Require(exchange, signature.Key, action, "AccessDeniedException", 400);
            }

            if (!known)
            {
                throw Unknown(service, target);
            }

            var form = RequestForm.Of(exchange.Request, service);
            if (form == RequestForm.PlainJson && operation is IJsonOperation direct)
            {
                using var answer = new PooledBuffer(1024);
                await direct.RunAsync(new JsonCall(signature.Key, sent.Written, answer), exchange.Aborted);
                await exchange.SendAsync(200, RequestForm.Json, answer.Written);
            }
            else
            {
                stream = await RunAsync(exchange, operation!, signature.Key, sent.Written, form);
            }
        }

        if (stream is not null)
        {
            // Lasts minutes: the request's buffers have been given back.
            using (stream.Source)
            {
                await events.RunAsync(exchange, stream);
            }
        }
    }

    public static async Task SendErrorAsync(Exchange exchange, AwsService? service, AwsException failure)
    {
        using var answer = new PooledBuffer(512);
        await using (var writer = new Utf8JsonWriter(answer))
        {
            writer.WriteStartObject();
            writer.WriteString("__type", failure.Code);
            if (service == AwsService.Athena)
            {
                AthenaErrorBody.Write(writer, failure);
            }
            else
            {
                writer.WriteString("message", failure.Message);
            }

            writer.WriteEndObject();
        }

        exchange.Response.Headers["x-amzn-ErrorType"] = failure.Code;
        await SendAsync(exchange, failure.Status, answer, RequestForm.OfErrors(exchange.Request, service));
    }

    /// <summary>Answers, or gives the stream of events that is the answer.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<OpenEventStream?> RunAsync(
        Exchange exchange, ITargetOperation operation, AccessKey caller, ReadOnlyMemory<byte> sent, RequestForm form)
    {
        var format = form.Format;
        using var plain = form.IsGzip ? GzipBody.Inflate(sent, operation.BodyBytesMax, TooLargeCode) : null;
        var body = plain?.Written ?? sent;
        using var answer = new PooledBuffer(1024);
        if (format == BodyFormat.Cbor && operation is ICborOperation direct)
        {
            await direct.RunCborAsync(new JsonCall(caller, body, answer), exchange.Aborted);
            await exchange.SendAsync(200, RequestForm.Cbor, answer.Written);
            return null;
        }

        using var json = format == BodyFormat.Cbor ? CborToJson.Translate(body) : null;
        if (operation is IEventStreamOperation streaming)
        {
            return await events.OpenAsync(exchange, streaming, caller, json?.Written ?? body, format);
        }

        var call = new JsonCall(caller, json?.Written ?? body, answer);
        await ((IJsonOperation)operation).RunAsync(call, exchange.Aborted);
        await SendAsync(exchange, 200, answer, format);
        return null;
    }

    /// <summary>Sends JSON, as CBOR where that was asked for.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask SendAsync(Exchange exchange, int status, PooledBuffer json, BodyFormat format)
    {
        using var cbor = format == BodyFormat.Cbor ? JsonToCbor.Translate(json.Written.Span) : null;
        await exchange.SendAsync(status, RequestForm.ContentType(format), (cbor ?? json).Written);
    }

    private static AwsException Unknown(AwsService service, string target)
    {
        var name = target[(service.TargetPrefix.Length + 1)..];
        var documented = OperationNames.Of(service).Contains(name, StringComparer.Ordinal);
        return new AwsException(
            "UnknownOperationException",
            documented ? 501 : 400,
            documented
                ? $"tarn does not implement {service.Name} {name}" + Refusals.Explain(service, name)
                : $"{service.Name} has no operation '{name}'");
    }
}
