using System.Net;
using System.Text.Json;
using Tarn.Delivery.Endpoints;

namespace Tarn.Aws.Firehose.Outgoing;

/// <summary>
/// What an endpoint has to answer (https://docs.aws.amazon.com/firehose/latest/dev/httpdeliveryrequestresponse.html):
/// status 200, <c>application/json</c> without content encoding, <c>{"requestId":"…","timestamp":1578090903599}</c>.
/// After all but 413 another attempt is made.
/// </summary>
internal static class EndpointReply
{
    public static EndpointAnswer Read(OutgoingAnswer.Received received, string requestId)
    {
        if (received.Status != HttpStatusCode.OK)
        {
            return new EndpointRefused(
                EndpointCodes.DestinationException,
                "The following response was received from the endpoint destination."
                    + $" {(int)received.Status}: {Excerpt.Of(received.Body)}",
                MayPass: received.Status != HttpStatusCode.RequestEntityTooLarge);
        }

        return FindFault(received, requestId) is { } fault
            ? new EndpointRefused(
                EndpointCodes.InvalidResponse,
                "The response received from the specified endpoint is invalid."
                    + $" Response for request {requestId} {fault}."
                    + $" Raw response received: 200 {Excerpt.Of(received.Body)}",
                MayPass: true)
            : new EndpointAccepted();
    }

    private static string? FindFault(OutgoingAnswer.Received received, string requestId)
    {
        var type = received.Content.ContentType?.MediaType;
        if (!string.Equals(type, "application/json", StringComparison.OrdinalIgnoreCase))
        {
            return $"has the content type '{type}', not application/json";
        }

        if (received.Content.ContentEncoding.Count > 0)
        {
            return "has a content encoding";
        }

        try
        {
            using var reply = JsonDocument.Parse(received.Body);
            return FindFault(reply.RootElement, requestId);
        }
        catch (JsonException)
        {
            return "is not recognized as valid JSON";
        }
    }

    private static string? FindFault(JsonElement reply, string requestId)
    {
        if (reply.ValueKind != JsonValueKind.Object)
        {
            return "is not a JSON object";
        }

        if (!reply.TryGetProperty("requestId", out var id) || id.ValueKind != JsonValueKind.String)
        {
            return "has no requestId";
        }

        if (!id.ValueEquals(requestId))
        {
            return "has another requestId";
        }

        return reply.TryGetProperty("timestamp", out var time) && time.ValueKind == JsonValueKind.Number
            ? null
            : "has no timestamp that is a number";
    }
}
