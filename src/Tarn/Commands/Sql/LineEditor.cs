using System.Globalization;

namespace Tarn.Commands.Sql;

/// <summary>
/// Reads a line from a terminal with editing, history and completion. Keys are those of readline: arrows, Home, End,
/// Ctrl-A, E, B, F, K, U, W, L, D, Alt-B, Alt-F and Tab.
/// </summary>
/// <param name="readKey">Gives the next key, without showing it.</param>
/// <param name="writer">The terminal.</param>
/// <param name="width">Columns of the terminal now.</param>
internal sealed class LineEditor(
    Func<ConsoleKeyInfo> readKey, TextWriter writer, Func<int> width, LineHistory history, Completion completion)
{
    private readonly LineBuffer line = new();
    private string prompt = "";
    private int shownRow;
    private int recalled;

    /// <summary>The line; null at the end of the input (Ctrl-D on an empty line).</summary>
    /// <exception cref="OperationCanceledException">Ctrl-C.</exception>
    public string? Read(string newPrompt)
    {
        (prompt, shownRow, recalled) = (newPrompt, 0, history.Entries.Count);
        line.Set("");
        Show();
        while (true)
        {
            var key = readKey();
            var isControl = key.Modifiers.HasFlag(ConsoleModifiers.Control);
            if (key.Key == ConsoleKey.Enter || key.KeyChar is '\r' or '\n')
            {
                Leave();
                return line.Text;
            }

            if (isControl && key.Key == ConsoleKey.C)
            {
                Leave();
                throw new OperationCanceledException();
            }

            if (isControl && key.Key == ConsoleKey.D && line.Text.Length == 0)
            {
                Leave();
                return null;
            }

            Take(key, isControl);
            Show();
        }
    }

    private void Take(ConsoleKeyInfo key, bool isControl)
    {
        if (key.Modifiers.HasFlag(ConsoleModifiers.Alt) && key.Key is ConsoleKey.B or ConsoleKey.F)
        {
            line.MoveTo(key.Key == ConsoleKey.B ? line.WordStart() : line.WordEnd());
            return;
        }

        switch (isControl ? Plain(key.Key) : key.Key)
        {
            case ConsoleKey.LeftArrow:
                line.MoveTo(isControl && key.Key == ConsoleKey.LeftArrow ? line.WordStart() : line.Cursor - 1);
                break;
            case ConsoleKey.RightArrow:
                line.MoveTo(isControl && key.Key == ConsoleKey.RightArrow ? line.WordEnd() : line.Cursor + 1);
                break;
            case ConsoleKey.Home:
                line.MoveTo(0);
                break;
            case ConsoleKey.End:
                line.MoveTo(line.Text.Length);
                break;
            case ConsoleKey.UpArrow:
                Recall(-1);
                break;
            case ConsoleKey.DownArrow:
                Recall(1);
                break;
            case ConsoleKey.Backspace:
                line.DeleteBefore();
                break;
            case ConsoleKey.Delete:
                line.DeleteAfter();
                break;
            case ConsoleKey.Tab:
                Complete();
                break;
            default:
                TakeRest(key, isControl);
                break;
        }
    }

    private void TakeRest(ConsoleKeyInfo key, bool isControl)
    {
        switch (key.Key)
        {
            case ConsoleKey.K when isControl:
                line.DeleteToEnd();
                break;
            case ConsoleKey.U when isControl:
                line.DeleteToStart();
                break;
            case ConsoleKey.W when isControl:
                line.DeleteWord();
                break;
            case ConsoleKey.L when isControl:
                writer.Write("\u001b[2J\u001b[H");
                shownRow = 0;
                break;
            default:
                if (!char.IsControl(key.KeyChar))
                {
                    line.Insert(key.KeyChar.ToString());
                }

                break;
        }
    }

    /// <summary>The key that a letter with Ctrl stands for.</summary>
    private static ConsoleKey Plain(ConsoleKey key) => key switch
    {
        ConsoleKey.A => ConsoleKey.Home,
        ConsoleKey.E => ConsoleKey.End,
        ConsoleKey.B => ConsoleKey.LeftArrow,
        ConsoleKey.F => ConsoleKey.RightArrow,
        ConsoleKey.P => ConsoleKey.UpArrow,
        ConsoleKey.N => ConsoleKey.DownArrow,
        ConsoleKey.H => ConsoleKey.Backspace,
        ConsoleKey.D => ConsoleKey.Delete,
        _ => key,
    };

    /// <summary>An earlier statement, on one line.</summary>
    private void Recall(int step)
    {
        var wanted = Math.Clamp(recalled + step, 0, history.Entries.Count);
        if (wanted != recalled)
        {
            recalled = wanted;
            line.Set(wanted == history.Entries.Count
                ? ""
                : history.Entries[wanted].Replace('\n', ' '));
        }
    }

    private void Complete()
    {
        var start = Completion.StartOf(line.Text, line.Cursor);
        var word = line.Text[start..line.Cursor];
        var found = completion.Of(word);
        if (found.Count == 0)
        {
            return;
        }

        var common = Completion.Common(found);
        if (found.Count == 1)
        {
            line.ReplaceBefore(start, found[0] + " ");
        }
        else if (common.Length > word.Length)
        {
            line.ReplaceBefore(start, common);
        }
        else
        {
            const int ShownMax = 60;
            var more = found.Count > ShownMax ? $" and {found.Count - ShownMax} more" : "";
            Leave();
            writer.WriteLine(string.Join("  ", found.Take(ShownMax)) + more);
            shownRow = 0;
        }
    }

    /// <summary>Writes prompt and line anew over what stands there, and puts the cursor to its place.</summary>
    private void Show()
    {
        const int UsualWidth = 80;
        var columns = width() is > 0 and var known ? known : UsualWidth; // some terminals tell none
        var text = new System.Text.StringBuilder();
        if (shownRow > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\u001b[{shownRow}A");
        }

        text.Append('\r').Append("\u001b[J").Append(prompt).Append(line.Text);
        var end = prompt.Length + line.Text.Length;
        if (end > 0 && end % columns == 0)
        {
            text.Append("\r\n"); // a terminal waits at the right edge until one more character comes
        }

        var at = prompt.Length + line.Cursor;
        var up = (end / columns) - (at / columns);
        if (up > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\u001b[{up}A");
        }

        text.Append('\r');
        if (at % columns > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\u001b[{at % columns}C");
        }

        shownRow = at / columns;
        writer.Write(text);
        writer.Flush();
    }

    private void Leave()
    {
        line.MoveTo(line.Text.Length);
        Show();
        writer.WriteLine();
        writer.Flush();
    }
}
