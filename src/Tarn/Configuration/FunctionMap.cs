using System.Text.RegularExpressions;
using Tarn.Projects.Yaml;

namespace Tarn.Configuration;

/// <summary>The map <c>functions</c> of tarn.yaml: where each function is called, by its ARN.</summary>
internal static partial class FunctionMap
{
    /// <summary>What stands in the file; errors are added to it, each at its line with the ARN.</summary>
    public static IReadOnlyDictionary<string, Uri> Read(YamlMap file)
    {
        var functions = new Dictionary<string, Uri>(StringComparer.Ordinal);
        var map = file.Map("functions");
        foreach (var arn in map.Keys)
        {
            if (map.Text(arn) is not { } text)
            {
                continue; // an error already
            }

            if (!FunctionArn().IsMatch(arn))
            {
                map.Error(arn, "must be named by an ARN such as arn:aws:lambda:us-east-1:000000000000:function:clean");
            }
            else if (!Uri.TryCreate(text, UriKind.Absolute, out var address)
                || address.Scheme is not ("http" or "https"))
            {
                map.Error(arn, $"must be an address such as http://127.0.0.1:9000, not '{text}'");
            }
            else if (address.UserInfo.Length > 0)
            {
                map.Error(arn, "must be an address without user and password, which would not be sent");
            }
            else
            {
                functions[arn] = address;
            }
        }

        return functions;
    }

    [GeneratedRegex(@"^arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:function:[a-zA-Z0-9_-]+(:[a-zA-Z0-9$_-]+)?\z")]
    private static partial Regex FunctionArn();
}
