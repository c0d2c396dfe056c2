using System.Diagnostics;

namespace Tarn.Delivery.Tests.Jq;

/// <summary>A test that needs jq 1.6 itself; skipped by name where it is not installed.</summary>
public sealed class JqFactAttribute : FactAttribute
{
    public JqFactAttribute()
    {
        if (!IsInstalled())
        {
            Skip = "jq 1.6 is not installed";
        }
    }

    private static bool IsInstalled()
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo("jq", ["--version"]) { RedirectStandardOutput = true })!;
            var version = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return version.StartsWith("jq-1.6", StringComparison.Ordinal);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
