using System.Net;
using System.Net.Http.Headers;

namespace Tarn.Aws.Firehose.Outgoing;

/// <summary>How an exchange ended: exactly one of the cases below.</summary>
internal abstract record OutgoingAnswer
{
    private OutgoingAnswer()
    {
    }

    /// <summary>Something answered, whatever it says.</summary>
    public sealed record Received(HttpStatusCode Status, HttpHeaders Headers, HttpContentHeaders Content, byte[] Body)
        : OutgoingAnswer;

    /// <summary>The answer is larger than allowed.</summary>
    public sealed record TooLarge : OutgoingAnswer;

    /// <summary>No answer in time.</summary>
    public sealed record TimedOut : OutgoingAnswer;

    /// <summary>No answer, and why.</summary>
    public sealed record Failed(HttpRequestError Error, string Message) : OutgoingAnswer;
}
