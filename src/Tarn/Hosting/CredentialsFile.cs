using Tarn.Primitives.Errors;
using Tarn.Storage.Access;

namespace Tarn.Hosting;

/// <summary>The AWS shared-credentials file format, profile <c>default</c>.</summary>
internal static class CredentialsFile
{
    public static string Format(AccessKey key) =>
        $"[default]\naws_access_key_id = {key.AccessKeyId}\naws_secret_access_key = {key.Secret}\n";

    /// <summary>The key of a data directory, for commands that call its server.</summary>
    /// <exception cref="TarnException">Denied when the directory has none.</exception>
    public static AccessKey Require(string directory) =>
        Read(DataDirectory.CredentialsPath(directory))
        ?? throw new TarnException(ErrorKind.Denied, $"there are no credentials in {directory}");

    /// <summary>The default profile's key, or null when there is no file.</summary>
    /// <exception cref="TarnException">Invalid when the file lacks the key.</exception>
    public static AccessKey? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var values = new Dictionary<string, string>();
        var section = "";
        foreach (var line in File.ReadLines(path).Select(line => line.Trim()))
        {
            if (line.StartsWith('['))
            {
                section = line.Trim('[', ']', ' ');
            }
            else if (section == "default" && line.Split('=', 2) is [var name, var value])
            {
                values[name.Trim()] = value.Trim();
            }
        }

        return values.TryGetValue("aws_access_key_id", out var id) && id.Length > 0
            && values.TryGetValue("aws_secret_access_key", out var secret) && secret.Length > 0
            ? new AccessKey(id, secret, "root")
            : throw new TarnException(
                ErrorKind.Invalid,
                $"{path} has no key in its profile 'default'",
                hint: "remove the file to have a new key generated");
    }
}
