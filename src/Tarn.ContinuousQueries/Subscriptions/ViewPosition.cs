using System.Globalization;

namespace Tarn.ContinuousQueries.Subscriptions;

/// <summary>
/// What a reader of a view has seen. After a crash records are counted again in other batches, so that a version alone
/// could stand for other rows: the incarnation is another one whenever counting begins from a snapshot.
/// </summary>
/// <param name="Incarnation">Letters and digits.</param>
public sealed record ViewPosition(string Incarnation, long Version)
{
    /// <summary>Reads what <see cref="ToString"/> gives; null: it is something else.</summary>
    public static ViewPosition? TryParse(string text)
    {
        var point = text.LastIndexOf('.');
        return point > 0
            && text[..point].All(char.IsAsciiLetterOrDigit)
            && long.TryParse(text.AsSpan(point + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? new ViewPosition(text[..point], version)
            : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Incarnation}.{Version}");
}
