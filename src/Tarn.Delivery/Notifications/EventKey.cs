using System.Globalization;
using System.Text;

namespace Tarn.Delivery.Notifications;

/// <summary>A key as messages carry it: as a form would send it, but for the slash, which stays.</summary>
internal static class EventKey
{
    public static string Encode(string key)
    {
        var encoded = new StringBuilder(key.Length);
        foreach (var unit in Encoding.UTF8.GetBytes(key))
        {
            var letter = (char)unit;
            if (char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or '*' or '/')
            {
                encoded.Append(letter);
            }
            else if (letter == ' ')
            {
                encoded.Append('+');
            }
            else
            {
                encoded.Append('%').Append(unit.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return encoded.ToString();
    }
}
