'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useEffect, useId, useRef, useState } from 'react';
import { cn } from './cn';
import { type ChartPoint, nearest, scale, spread, ticks } from './line-chart-scale';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from './table';

export interface ChartSeries {
  id: string;
  label: string;
  /** `strong` is what people should read; `thin` runs behind it. */
  weight: 'thin' | 'strong';
  /** Sorted by x. */
  points: ChartPoint[];
}

export interface LineChartProps {
  /** What the chart shows: "Loss by step". */
  label: string;
  xLabel: string;
  yLabel: string;
  series: ChartSeries[];
  /** The end of the x axis where it is known, so that a growing line does not rescale. */
  xMax?: number | undefined;
  /** Heights without numbers, where the numbers are for experts and stand elsewhere. */
  isWithoutNumbers?: boolean;
}

const HEIGHT = 260;
/** Room around the lines: numbers at the left, their names at the right. */
const LEFT = 44;
const RIGHT = 92;
const TOP = 30;
const BOTTOM = HEIGHT - 28;

/** Lines over a common x axis, labelled directly, with a readout and the same numbers as a table. */
export function LineChart(props: LineChartProps) {
  const { label, xLabel, yLabel, series, xMax, isWithoutNumbers = false } = props;
  const t = useTranslations('ui');
  const format = useFormatter();
  const hintId = useId();
  const [box, width] = useWidth(720);
  const [cursor, setCursor] = useState<number | null>(null);
  const points = series.flatMap((line) => line.points);
  if (points.length === 0) {
    return <p className="py-16 text-center text-14 text-ink-3">{t('chartEmpty')}</p>;
  }
  const xs = [...new Set(points.map((point) => point.x))].sort((a, b) => a - b);
  const xRange: [number, number] = [Math.min(0, xs[0] ?? 0), Math.max(xMax ?? 0, xs.at(-1) ?? 1)];
  const yTicks = ticks(
    Math.min(...points.map((point) => point.y)),
    Math.max(...points.map((point) => point.y)),
    4,
  );
  const yRange: [number, number] = [yTicks[0] ?? 0, yTicks.at(-1) ?? 1];
  const right = width - RIGHT;
  const toX = (x: number) => scale(x, xRange, [LEFT, right]);
  const toY = (y: number) => scale(y, yRange, [BOTTOM, TOP]);
  const number = (value: number) => format.number(value, { maximumSignificantDigits: 4 });
  const at = cursor === null ? null : (xs[cursor] ?? null);
  const readout =
    at === null
      ? ''
      : t('chartReadout', {
          x: `${xLabel} ${number(at)}`,
          values: series
            .map((line) => `${line.label} ${valueAt(line, at, number) ?? t('noValue')}`)
            .join(' · '),
        });
  const move = (event: React.KeyboardEvent) => {
    const last = xs.length - 1;
    const now = cursor ?? last + (event.key === 'ArrowLeft' ? 1 : 0);
    const next = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    setCursor(Math.min(last, Math.max(0, next)));
  };
  const hover = (event: React.PointerEvent<SVGSVGElement>) => {
    if (isWithoutNumbers) return;
    const box = event.currentTarget.getBoundingClientRect();
    const x = scale(event.clientX - box.left, [LEFT, right], xRange);
    const hit = nearest(
      xs.map((value) => ({ x: value, y: 0 })),
      x,
    );
    setCursor(hit ? xs.indexOf(hit.x) : null);
  };
  return (
    <figure ref={box} className="flex flex-col gap-2">
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
        width={width}
        height={HEIGHT}
        role="img"
        aria-label={label}
        {...(isWithoutNumbers ? {} : { 'aria-describedby': hintId, tabIndex: 0 })}
        className="block max-w-full touch-pan-y rounded-control text-ink-3"
        onKeyDown={move}
        onBlur={() => setCursor(null)}
        onPointerMove={hover}
        onPointerLeave={() => setCursor(null)}
      >
        <ChartAxes
          {...{ xLabel, yLabel, yTicks, toX, toY, right, number }}
          numberOfY={isWithoutNumbers ? null : number}
          xTicks={ticks(xRange[0], xRange[1], width < 480 ? 3 : 6).filter(
            (x) => x >= xRange[0] && x <= xRange[1],
          )}
        />
        <ChartLines series={series} toX={toX} toY={toY} />
        {at === null ? null : (
          <line x1={toX(at)} x2={toX(at)} y1={TOP} y2={BOTTOM} stroke="var(--color-line-strong)" />
        )}
      </svg>
      {isWithoutNumbers ? null : (
        <>
          <p id={hintId} className="sr-only">
            {t('chartHint')}
          </p>
          <p role="status" className="tabular min-h-5 text-13 text-ink-2">
            {readout}
          </p>
          <details>
            <summary className="w-fit rounded-[4px] text-13 text-ink-2 hover:text-ink">
              {t('chartTable')}
            </summary>
            <ChartTable {...{ label, xLabel, series, xs, number }} />
          </details>
        </>
      )}
    </figure>
  );
}

/** The width of an element as it is now, in pixels; `first` until it was measured. */
function useWidth(first: number): [React.RefObject<HTMLElement | null>, number] {
  const box = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(first);
  useEffect(() => {
    if (!box.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.max(240, Math.round(entry.contentRect.width)));
    });
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  return [box, width];
}

function valueAt(line: ChartSeries, x: number, number: (value: number) => string) {
  const hit = line.points.find((point) => point.x === x);
  return hit ? number(hit.y) : undefined;
}

interface ChartAxesProps {
  xLabel: string;
  yLabel: string;
  xTicks: number[];
  yTicks: number[];
  toX: (x: number) => number;
  toY: (y: number) => number;
  right: number;
  number: (value: number) => string;
  /** Null: heights without numbers. */
  numberOfY: ((value: number) => string) | null;
}

function ChartAxes(props: ChartAxesProps) {
  const { xLabel, yLabel, xTicks, yTicks, toX, toY, right, number, numberOfY } = props;
  return (
    <g className="tabular fill-current text-12">
      {yTicks.map((tick) => (
        <g key={tick}>
          <line x1={LEFT} x2={right} y1={toY(tick)} y2={toY(tick)} stroke="var(--color-line)" />
          {numberOfY === null ? null : (
            <text x={LEFT - 8} y={toY(tick) + 4} textAnchor="end">
              {numberOfY(tick)}
            </text>
          )}
        </g>
      ))}
      {xTicks.map((tick) => (
        <text key={tick} x={toX(tick)} y={BOTTOM + 18} textAnchor="middle">
          {number(tick)}
        </text>
      ))}
      <text x={right + 20} y={BOTTOM + 18} textAnchor="start">
        {xLabel}
      </text>
      <text x={0} y={14} textAnchor="start">
        {yLabel}
      </text>
    </g>
  );
}

interface ChartLinesProps {
  series: ChartSeries[];
  toX: (x: number) => number;
  toY: (y: number) => number;
}

function ChartLines({ series, toX, toY }: ChartLinesProps) {
  const drawn = series.filter((line) => line.points.length > 0);
  const labels = spread(
    drawn.map((line) => toY(line.points.at(-1)?.y ?? 0)),
    16,
  );
  return (
    <g>
      {drawn.map((line, index) => {
        const strong = line.weight === 'strong';
        const end = line.points.at(-1) ?? { x: 0, y: 0 };
        return (
          <g key={line.id} className={strong ? 'text-accent' : 'text-ink-3'}>
            <polyline
              points={line.points.map((point) => `${toX(point.x)},${toY(point.y)}`).join(' ')}
              fill="none"
              stroke="currentColor"
              strokeWidth={strong ? 2.5 : 1.25}
              strokeLinejoin="round"
              strokeLinecap="round"
            />
            {strong
              ? line.points.map((point) => (
                  <circle
                    key={point.x}
                    cx={toX(point.x)}
                    cy={toY(point.y)}
                    r="3"
                    fill="currentColor"
                  />
                ))
              : null}
            <text
              x={toX(end.x) + 8}
              y={(labels[index] ?? 0) + 4}
              className={cn('fill-current text-12', strong && 'font-semibold')}
            >
              {line.label}
            </text>
          </g>
        );
      })}
    </g>
  );
}

interface ChartTableProps {
  label: string;
  xLabel: string;
  series: ChartSeries[];
  xs: number[];
  number: (value: number) => string;
}

function ChartTable({ label, xLabel, series, xs, number }: ChartTableProps) {
  return (
    <Table label={label} className="mt-2 max-h-72">
      <TableHead>
        <TableHeader align="end">{xLabel}</TableHeader>
        {series.map((line) => (
          <TableHeader key={line.id} align="end">
            {line.label}
          </TableHeader>
        ))}
      </TableHead>
      <TableBody>
        {xs.map((x) => (
          <TableRow key={x}>
            <TableCell header align="end">
              {number(x)}
            </TableCell>
            {series.map((line) => (
              <TableCell key={line.id} align="end">
                {valueAt(line, x, number)}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
