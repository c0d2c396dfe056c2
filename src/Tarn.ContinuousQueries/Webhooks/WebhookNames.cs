using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Webhooks;

/// <summary>Names of webhooks in statements.</summary>
internal static class WebhookNames
{
    /// <summary>Refuses a name that the server's owner has not given.</summary>
    public static void CheckName(this IWebhooks webhooks, string name)
    {
        if (!webhooks.Names.Contains(name, StringComparer.Ordinal))
        {
            throw new TarnException(
                ErrorKind.NotFound, $"webhook '{name}' is not in the server's tarn.yaml",
                hint: Suggestion.Hint(name, webhooks.Names)
                    ?? (webhooks.Names.Count > 0 ? $"webhooks are {string.Join(", ", webhooks.Names)}"
                        : "name it there under webhooks:, and start the server again"));
        }
    }
}
