using System.Text.Json;

namespace Tarn.Aws.Protocol.Json;

/// <summary>Reads the body of a JSON request: strict JSON, an object, no member twice, nothing unread.</summary>
internal static class JsonInput
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <param name="read">Takes the members; must copy, as the document is gone afterwards.</param>
    public static TInput Read<TInput>(
        ReadOnlyMemory<byte> body, AwsService service, string operation, Func<JsonMembers, TInput> read) =>
        Read(body, element =>
        {
            var members = new JsonMembers(element, "", NoEffect.Members(service, operation));
            var input = read(members);
            members.RefuseRest($"{service.Name} {operation}");
            return input;
        });

    /// <param name="read">Takes the object; must copy, as the document is gone afterwards.</param>
    public static TInput Read<TInput>(ReadOnlyMemory<byte> body, Func<JsonElement, TInput> read)
    {
        try
        {
            using var document = JsonDocument.Parse(body.IsEmpty ? "{}"u8.ToArray() : body, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw Malformed("it must be a JSON object");
            }

            return read(document.RootElement);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // InvalidOperation: a string that is not Unicode (half a surrogate pair) shows only when it is taken out.
            throw Malformed(failure.Message);
        }
    }

    private static AwsException Malformed(string message) =>
        new("SerializationException", 400, "the body is not valid JSON for this operation: " + message);
}
