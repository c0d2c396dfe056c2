using System.CommandLine;
using Tarn.Configuration;
using Tarn.Hosting;

namespace Tarn.Commands;

/// <summary><c>eval "$(tarn env)"</c>: points AWS clients of this shell at the server.</summary>
internal static class EnvCommand
{
    public static Command Create()
    {
        var data = CommonOptions.Data();
        var command = new Command("env", """
            Print shell exports that point AWS clients at this server. Use it as: eval "$(tarn env)"
            """) { data };
        command.Runs((parsed, _) =>
        {
            var directory = CommonOptions.DataDirectory(parsed, data);
            var options = CommonOptions.Configuration().Read(directory, new Dictionary<string, string>());
            var endpoint = RunningServer.Read(directory)?.Aws ?? new Uri($"http://127.0.0.1:{options.Port}");
            Terminal.Write(Exports(endpoint, directory, options));
            return Task.FromResult(0);
        });
        return command;
    }

    /// <summary>
    /// Older aws clis (before 2.13, as in Debian 12) do not know AWS_ENDPOINT_URL, hence the function around the
    /// command. Keys of another account in the environment would win over the file, so they are unset.
    /// </summary>
    internal static string Exports(Uri endpoint, string directory, TarnOptions options) =>
        $$"""
        unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_PROFILE
        export AWS_ENDPOINT_URL='{{endpoint.GetLeftPart(UriPartial.Authority)}}'
        export AWS_SHARED_CREDENTIALS_FILE={{Quoted(DataDirectory.CredentialsPath(directory))}}
        export AWS_REGION='{{options.Region}}'
        export AWS_DEFAULT_REGION='{{options.Region}}'
        aws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }

        """;

    private static string Quoted(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
