using Microsoft.AspNetCore.Mvc.Rendering;

namespace AriDialer.Web.Features.Transcription.Engines;

/// <summary>The languages that can be chosen, with their names: those of which speech engines know most.</summary>
internal static class SpeechLanguages
{
    private static readonly (string Tag, string Name)[] Known =
    [
        ("ar", "Arabic"), ("bg-BG", "Bulgarian"), ("ca-ES", "Catalan"), ("zh-CN", "Chinese"), ("hr-HR", "Croatian"), ("cs-CZ", "Czech"),
        ("da-DK", "Danish"), ("nl-NL", "Dutch"), ("en-GB", "English (United Kingdom)"), ("en-US", "English (United States)"), ("et-EE", "Estonian"),
        ("fi-FI", "Finnish"), ("fr-FR", "French"), ("de-DE", "German"), ("el-GR", "Greek"), ("he-IL", "Hebrew"), ("hi-IN", "Hindi"),
        ("hu-HU", "Hungarian"), ("id-ID", "Indonesian"), ("it-IT", "Italian"), ("ja-JP", "Japanese"), ("ko-KR", "Korean"), ("lv-LV", "Latvian"),
        ("lt-LT", "Lithuanian"), ("nb-NO", "Norwegian"), ("pl-PL", "Polish"), ("pt-BR", "Portuguese (Brazil)"), ("pt-PT", "Portuguese (Portugal)"),
        ("ro-RO", "Romanian"), ("ru-RU", "Russian"), ("sr-RS", "Serbian"), ("sk-SK", "Slovak"), ("sl-SI", "Slovenian"), ("es-ES", "Spanish (Spain)"),
        ("es-MX", "Spanish (Mexico)"), ("sv-SE", "Swedish"), ("th-TH", "Thai"), ("tr-TR", "Turkish"), ("uk-UA", "Ukrainian"), ("vi-VN", "Vietnamese"),
    ];

    public static IReadOnlyList<SelectListItem> Choices { get; } = [.. Known.Select(language => new SelectListItem(language.Name, language.Tag))];

    public static bool Has(string? tag) => Array.Exists(Known, language => language.Tag == tag);

    /// <summary>A tag that the configuration names and this list doesn't is its own name.</summary>
    public static string NameOf(string tag) => Array.Find(Known, language => language.Tag == tag).Name ?? tag;
}
