using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Tarn.ContinuousQueries.Webhooks;

namespace Tarn.ContinuousQueries.Tests.Alerts;

/// <summary>Webhooks that keep what they get and answer as told. Outlives a restart of the lake.</summary>
internal sealed class WebhookStandIn : IWebhooks
{
    private readonly ConcurrentQueue<Post> _posts = [];

    public IReadOnlyList<string> Names { get; set; } = ["desk", "ops"];

    /// <summary>What is answered, by the post and how many were there before it.</summary>
    public Func<WebhookPost, int, WebhookAnswer> Answer { get; set; } = (_, _) => new WebhookAccepted();

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<Post> Posts => [.. _posts];

    public Task<WebhookAnswer> PostAsync(WebhookPost post, CancellationToken cancellation)
    {
        var answer = Answer(post, _posts.Count);
        var body = JsonNode.Parse(Encoding.UTF8.GetString(post.Body.Span))!.AsObject();
        _posts.Enqueue(new Post(post.Webhook, post.Id, body));
        return Task.FromResult(answer);
    }

    internal sealed record Post(string Webhook, string Id, JsonObject Body)
    {
        public string Text(string field) => Body[field]!.ToString();

        public string Json(string field) => Body[field]?.ToJsonString() ?? "null";
    }
}
