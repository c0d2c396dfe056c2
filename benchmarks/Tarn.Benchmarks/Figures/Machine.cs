using System.Runtime.InteropServices;

namespace Tarn.Benchmarks.Figures;

/// <summary>Where the figures were measured; without it they say nothing.</summary>
internal static class Machine
{
    public static void Print()
    {
        Console.WriteLine($"{Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, kernel "
            + $"{Environment.OSVersion.Version}, {RuntimeInformation.FrameworkDescription}, "
            + $"{DateTimeOffset.UtcNow:yyyy-MM-dd HH:mm} UTC");
        PrintLoad();
    }

    public static void PrintLoad()
    {
        const string LoadFile = "/proc/loadavg";
        if (File.Exists(LoadFile))
        {
            Console.WriteLine("load average " + string.Join(' ', File.ReadAllText(LoadFile).Split(' ')[..3]));
        }
    }
}
