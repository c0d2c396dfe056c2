using System.Collections.Frozen;
using System.Text.Json;
using Tarn.Aws.Protocol.Signing;

namespace Tarn.Aws.Protocol.Json;

/// <summary>
/// AWS JSON 1.1 (https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html): X-Amz-Target names the operation.
/// <code>
/// target -> operation -> signature's form and key -> body -> signature -> operation -> answer
/// </code>
/// </summary>
internal sealed class JsonProtocol(SignatureVerifier verifier, IReadOnlyList<IJsonOperation> operations)
{
    private const string ContentType = "application/x-amz-json-1.1";

    private readonly FrozenDictionary<string, IJsonOperation> _operations =
        operations.ToFrozenDictionary(
            operation => $"{operation.Service.TargetPrefix}.{operation.Name}", StringComparer.Ordinal);

    /// <summary>The service that a target belongs to, or null.</summary>
    public static AwsService? ServiceOf(string target) => AwsService.All.FirstOrDefault(service =>
        service.Protocol == WireProtocol.Json
            && target.StartsWith(service.TargetPrefix + ".", StringComparison.Ordinal));

    public async Task HandleAsync(Exchange exchange, AwsService service, string target)
    {
        var signature = verifier.Open(exchange.Signable, service.Name);
        var known = _operations.TryGetValue(target, out var operation);
        using var body = await exchange.ReadBodyAsync(
            operation?.BodyBytesMax ?? 1 << 20, "RequestEntityTooLargeException");
        Verify(exchange, signature, body.Written.Span);
        if (!known)
        {
            throw Unknown(service, target);
        }

        CheckForm(exchange);
        using var answer = new PooledBuffer(1024);
        await operation!.RunAsync(new JsonCall(signature.Key, body.Written, answer), exchange.Aborted);
        await exchange.SendAsync(200, ContentType, answer.Written);
    }

    public static async Task SendErrorAsync(Exchange exchange, AwsException failure)
    {
        using var answer = new PooledBuffer(512);
        await using (var writer = new Utf8JsonWriter(answer))
        {
            writer.WriteStartObject();
            writer.WriteString("__type", failure.Code);
            writer.WriteString("message", failure.Message);
            if (failure.DetailCode is { } detail)
            {
                writer.WriteString("AthenaErrorCode", detail);
            }

            writer.WriteEndObject();
        }

        exchange.Response.Headers["x-amzn-ErrorType"] = failure.Code;
        await exchange.SendAsync(failure.Status, ContentType, answer.Written);
    }

    private static void Verify(Exchange exchange, OpenSignature signature, ReadOnlySpan<byte> body)
    {
        var hash = PayloadHash.Of(body);
        signature.Verify(hash);
        var stated = exchange.Request.Headers[PayloadHash.Header].ToString();
        if (stated.Length > 0 && stated != hash)
        {
            throw new SignatureException(
                SignatureFault.Payload, $"{PayloadHash.Header} is not the SHA-256 of the body");
        }
    }

    private static void CheckForm(Exchange exchange)
    {
        var type = exchange.Request.ContentType ?? "";
        var media = type.Split(';')[0].Trim();
        if (media is not (ContentType or "application/x-amz-json-1.0"))
        {
            throw new AwsException(
                "SerializationException", 415, $"tarn reads {ContentType} here, not content type '{media}'");
        }

        var encoding = exchange.Request.Headers.ContentEncoding.ToString();
        if (encoding is not ("" or "identity"))
        {
            throw new AwsException(
                "SerializationException", 415, $"tarn does not read content encoding '{encoding}' here");
        }
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
