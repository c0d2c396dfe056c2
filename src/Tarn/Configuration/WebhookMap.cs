using System.Text.RegularExpressions;
using Tarn.Projects.Yaml;
using Tarn.Webhooks;

namespace Tarn.Configuration;

/// <summary>The map <c>webhooks</c> of tarn.yaml: where each one is called that SQL names.</summary>
internal static partial class WebhookMap
{
    private const int TimeoutSecondsMax = 300;

    /// <summary>What stands in the file; errors are added to it, each at its line. No error shows a secret.</summary>
    public static IReadOnlyDictionary<string, Webhook> Read(YamlMap file)
    {
        var webhooks = new Dictionary<string, Webhook>(StringComparer.Ordinal);
        foreach (var (name, entry) in file.Maps("webhooks"))
        {
            var url = ReadUrl(entry);
            var key = ReadKey(entry, "secret", entry.RequiredText("secret"));
            var former = ReadKey(entry, "previous_secret", entry.Text("previous_secret"));
            var timeout = entry.Number("timeout_seconds", 1, TimeoutSecondsMax);
            entry.End();
            if (!Name().IsMatch(name))
            {
                file.Map("webhooks").Error(name, "must be named by lower-case letters, digits, _ and -");
            }
            else if (url is not null && key is not null)
            {
                var webhook = new Webhook { Url = url, Keys = former is null ? [key] : [key, former] };
                webhooks[name] = timeout is { } seconds
                    ? webhook with { Timeout = TimeSpan.FromSeconds(seconds) } : webhook;
            }
        }

        return webhooks;
    }

    private static Uri? ReadUrl(YamlMap entry)
    {
        var text = entry.RequiredText("url");
        if (text.Length == 0)
        {
            return null; // an error already
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            entry.Error("url", "must be an address such as https://hooks.example.com/tarn");
            return null;
        }

        if (url.UserInfo.Length > 0)
        {
            entry.Error("url", "must be an address without user and password, which would not be sent");
            return null;
        }

        return url;
    }

    private static WebhookKey? ReadKey(YamlMap entry, string name, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var key = WebhookKey.Parse(text);
        if (key is null)
        {
            entry.Error(name, "must be 'whsec_' and 24 to 64 bytes in base64");
        }

        return key;
    }

    [GeneratedRegex(@"^[a-z0-9_-]{1,255}\z")]
    private static partial Regex Name();
}
