using System.Globalization;
using Tarn.ContinuousQueries.Tests.Kills;

namespace Tarn.ContinuousQueries.Tests;

/// <summary>The process that a test starts and kills: this assembly again, as a program.</summary>
public static class Program
{
    public static Task Main(string[] arguments) => arguments switch
    {
        [KillLoad.Name, var directory, var round, var seed] =>
            new KillLoad(Number(round), Number(seed)).RunAsync(directory),
        _ => throw new ArgumentException(string.Join(' ', arguments)),
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
