using System.Text;
using Tarn.Delivery.Endpoints;

namespace Tarn.Delivery.Tests.Destinations;

/// <summary>An endpoint that answers as told, and keeps what it was posted.</summary>
internal sealed class ScriptedEndpoint : IRecordEndpoint
{
    /// <summary>What the post of this number, from 1, is answered.</summary>
    public Func<int, EndpointAnswer> Answer { get; init; } = _ => new EndpointAccepted();

    public List<(string RequestId, IReadOnlyList<string> Records)> Posts { get; } = [];

    public Task<EndpointAnswer> PostAsync(EndpointPost post, CancellationToken cancellation)
    {
        lock (Posts)
        {
            Posts.Add((post.RequestId, [.. post.Records.Select(record => Encoding.UTF8.GetString(record.Span))]));
            return Task.FromResult(Answer(Posts.Count));
        }
    }
}
