using System.Globalization;

namespace Tarn.Testing.Tpch;

/// <summary>TPC-H's queries with the parameters of its validation run, as any SQL engine takes them.</summary>
public static class TpchQueries
{
    public const int Count = 22;

    /// <summary>Query <paramref name="number"/>, from 1 on.</summary>
    public static string Read(int number)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"Tpch.q{number:00}.sql");
        using var stream = typeof(TpchQueries).Assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentOutOfRangeException(nameof(number));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
