using System.Text;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Webhooks;
using Tarn.Primitives.Errors;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.ContinuousQueries.Alerts;

/// <summary>Hands notifications to webhooks and streams, an attempt at a time. Thread-safe.</summary>
internal sealed class NoticeSender(IWebhooks webhooks, IStreams streams)
{
    public Task<WebhookAnswer> SendAsync(
        NotifyTarget target, string alertId, AlertNotice notice, CancellationToken cancellation)
    {
        var body = Encoding.UTF8.GetBytes(notice.Body);
        return target.IsStream
            ? AppendAsync(target.Name, alertId, body, cancellation)
            : webhooks.PostAsync(new WebhookPost(target.Name, notice.EventId, body), cancellation);
    }

    /// <summary>Refuses a target that is not there.</summary>
    public void Check(NotifyTarget target)
    {
        if (target.IsStream && streams.Find(target.Name) is null)
        {
            throw new TarnException(
                ErrorKind.NotFound, $"stream '{target.Name}' does not exist",
                hint: Suggestion.Hint(target.Name, streams.List().Select(stream => stream.Name))
                    ?? "create the stream first");
        }

        if (!target.IsStream)
        {
            webhooks.CheckName(target.Name);
        }
    }

    /// <summary>Notifications of one alert go into one shard, in order.</summary>
    private async Task<WebhookAnswer> AppendAsync(
        string stream, string alertId, byte[] body, CancellationToken cancellation)
    {
        try
        {
            var outcomes = await streams.AppendAsync(
                stream, [new StreamEntry(Encoding.UTF8.GetBytes(alertId), body)], cancellation).ConfigureAwait(false);
            return outcomes[0].Error is { } error
                ? new WebhookRefused($"stream '{stream}': {error}", MayPass: true) : new WebhookAccepted();
        }
        catch (TarnException cause)
        {
            return new WebhookRefused(
                cause.Message, MayPass: cause.Kind is not (ErrorKind.Invalid or ErrorKind.LimitExceeded));
        }
    }
}
