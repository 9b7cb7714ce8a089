import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { NumberField } from '@/components/ui/number-field';
import type { RunSettings } from '@/lib/training/run-schema';

type Props = {
  settings: RunSettings;
  onChange: (settings: RunSettings) => void;
  onCalculate: () => void;
  isLoading: boolean;
};

type NumberSetting = {
  key: keyof RunSettings;
  min: number;
  max: number;
  step: number;
  hint?: string;
};

const fields: NumberSetting[] = [
  { key: 'epochs', min: 1, max: 10, step: 1, hint: 'epochsHint' },
  { key: 'learningRate', min: 0.00001, max: 0.01, step: 0.0001, hint: 'learningRateHint' },
  { key: 'loraRank', min: 1, max: 64, step: 1 },
  { key: 'maxNewTokens', min: 16, max: 1024, step: 16 },
  { key: 'seed', min: 0, max: 2_147_483_647, step: 1, hint: 'seedHint' },
];

/** Settings that most people leave alone. A change asks for new figures before it can start. */
export function AdvancedSettings({ settings, onChange, onCalculate, isLoading }: Props) {
  const t = useTranslations('training.start');
  return (
    <details className="max-w-2xl">
      <summary className="w-fit cursor-pointer py-1 text-14 text-ink-2">{t('advanced')}</summary>
      <div className="grid gap-4 py-3 sm:grid-cols-2">
        {fields.map(({ key, min, max, step, hint }) => (
          <Field key={key} label={t(key as never)} hint={hint ? t(hint as never) : undefined}>
            <NumberField
              value={settings[key]}
              min={min}
              max={max}
              step={step}
              format={{ maximumFractionDigits: 6, useGrouping: false }}
              onValueChange={(value) => onChange({ ...settings, [key]: value ?? settings[key] })}
            />
          </Field>
        ))}
      </div>
      <Button size="small" pending={isLoading} onClick={onCalculate}>
        {t('recalculate')}
      </Button>
    </details>
  );
}
