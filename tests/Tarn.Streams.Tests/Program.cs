using System.Globalization;
using Tarn.Streams.Tests.Processes;

namespace Tarn.Streams.Tests;

/// <summary>The processes that tests start: this assembly again, as a program.</summary>
public static class Program
{
    public static Task Main(string[] arguments) => arguments switch
    {
        [AppendLoad.Name, var directory, var round, var seed] =>
            new AppendLoad(Number(round), Number(seed)).RunAsync(directory),
        [FullDisk.Name, var directory] => FullDisk.RunAsync(directory),
        _ => throw new ArgumentException(string.Join(' ', arguments)),
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
