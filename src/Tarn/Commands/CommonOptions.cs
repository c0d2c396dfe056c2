using System.Collections;
using System.CommandLine;
using Tarn.Configuration;

namespace Tarn.Commands;

/// <summary>Options that several commands share, and what they mean.</summary>
internal static class CommonOptions
{
    public static Option<string?> Data() => new("--data")
    {
        Description = "data directory (default $TARN_DATA, else ~/.tarn)",
        HelpName = "DIR",
    };

    /// <summary>The TARN_* variables of this process.</summary>
    public static ConfigurationReader Configuration() => new(
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? ""));

    /// <summary>The data directory that a client command means.</summary>
    public static string DataDirectory(ParseResult parsed, Option<string?> data) =>
        Configuration().DataDirectory(parsed.GetValue(data));
}
