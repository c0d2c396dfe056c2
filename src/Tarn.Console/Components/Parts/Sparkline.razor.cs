using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Tarn.Console.Components.Parts;

/// <summary>The last minute of a rate as a small line; the figure itself stands beside it.</summary>
public sealed partial class Sparkline
{
    private const int Places = 60;

    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<double> Values { get; set; }

    private string Points
    {
        get
        {
            var top = Math.Max(1, Values.Count == 0 ? 1 : Values.Max());
            var first = Places - Values.Count;
            return string.Join(' ', Values.Select((value, i) =>
            {
                var (x, y) = ((first + i) * 120d / (Places - 1), 23 - (value / top * 22));
                return string.Create(CultureInfo.InvariantCulture, $"{x:0.#},{y:0.#}");
            }));
        }
    }
}
