using System.Diagnostics;
using System.Text;

namespace AriDialer.EndToEnd.House;

/// <summary>What a process prints, kept for the message of a failed test: the last part of it where it is much.</summary>
internal sealed class Output
{
    private const int Longest = 60_000;
    private readonly StringBuilder _text = new();

    public void Follow(Process process)
    {
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public override string ToString()
    {
        lock (_text)
            return _text.ToString();
    }

    private void Keep(string? line)
    {
        lock (_text)
        {
            _text.AppendLine(line);
            if (_text.Length > Longest)
                _text.Remove(0, Longest / 2);
        }
    }
}
