using Tarn.Primitives.Errors;
using Tarn.Projects.Yaml;

namespace Tarn.Configuration;

/// <summary>
/// Reads a server's configuration: defaults, then DIR/tarn.yaml, then TARN_* variables, then flags; the last one
/// wins. All errors are reported at once, each with its key and the nearest known key.
/// </summary>
internal sealed class ConfigurationReader(IReadOnlyDictionary<string, string> environment)
{
    private static readonly string[] OtherVariables = ["TARN_DATA"];

    private readonly List<string> errors = [];

    /// <summary>Where the data directory is: the flag, then TARN_DATA, then ~/.tarn. Absolute.</summary>
    public string DataDirectory(string? flag) => Path.GetFullPath(
        flag
        ?? environment.GetValueOrDefault("TARN_DATA")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".tarn"));

    /// <exception cref="TarnException">Invalid, with one line per error.</exception>
    public TarnOptions Read(string dataDirectory, IReadOnlyDictionary<string, string> flags)
    {
        var options = new TarnOptions { DataDirectory = dataDirectory };
        options = FromFile(options);
        options = FromEnvironment(options);
        foreach (var setting in Setting.All.Where(setting => setting.HasFlag))
        {
            options = Apply(options, setting, flags.GetValueOrDefault(setting.FlagName), setting.FlagName);
        }

        if (options.RootAccessKeyId is null != options.RootSecretAccessKey is null)
        {
            errors.Add("root_access_key_id and root_secret_access_key go together: set both or neither");
        }

        if (options.StorageAccessKeyId is null != options.StorageSecretAccessKey is null)
        {
            errors.Add("storage_access_key_id and storage_secret_access_key go together: set both or neither");
        }

        if (options.Storage is null && options.StorageAccessKeyId is not null)
        {
            errors.Add("storage_access_key_id is of no use without storage");
        }

        return errors.Count == 0 ? options : throw new TarnException(
            ErrorKind.Invalid,
            errors.Count == 1 ? errors[0] : $"the configuration has {errors.Count} errors",
            errors.Count == 1 ? null : string.Join(Environment.NewLine, errors));
    }

    private TarnOptions FromFile(TarnOptions options)
    {
        var path = Path.Combine(options.DataDirectory, "tarn.yaml");
        if (!File.Exists(path))
        {
            return options;
        }

        var map = YamlFile.Parse(path, File.ReadAllText(path));
        foreach (var setting in Setting.All)
        {
            options = Apply(options, setting, map.Text(setting.Key), $"{path}: {setting.Key}");
        }

        options = options with { Functions = FunctionMap.Read(map), Webhooks = WebhookMap.Read(map) };
        map.End();
        errors.AddRange(map.File.Errors);
        return options;
    }

    private TarnOptions FromEnvironment(TarnOptions options)
    {
        foreach (var setting in Setting.All)
        {
            options = Apply(
                options, setting, environment.GetValueOrDefault(setting.EnvironmentName), setting.EnvironmentName);
        }

        var known = Setting.All.Select(setting => setting.EnvironmentName).Concat(OtherVariables).ToHashSet();
        foreach (var name in environment.Keys.Where(name => name.StartsWith("TARN_", StringComparison.Ordinal)))
        {
            if (!known.Contains(name))
            {
                var hint = Suggestion.Hint(name, known) is { } nearest ? "; " + nearest : "";
                errors.Add($"unknown environment variable {name}{hint}");
            }
        }

        return options;
    }

    private TarnOptions Apply(TarnOptions options, Setting setting, string? text, string source)
    {
        if (text is null)
        {
            return options;
        }

        try
        {
            return setting.Apply(options, text);
        }
        catch (FormatException error)
        {
            var shown = setting.HasFlag ? $", not '{text}'" : "";
            errors.Add($"{source}: expected {error.Message}{shown}");
            return options;
        }
    }
}
